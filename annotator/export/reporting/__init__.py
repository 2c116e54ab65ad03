"""A report for people who will never open the tool: what was found, where, and how sure it is.

content   a dataset -> what the report says, in its order
passages  what reviewers found in a clause, with its words
splits    where reviewers differ, and what each side says
grids     powers against safeguards as rows and columns
page      the report as one HTML file, to read, print or save as PDF
charts    its charts, drawn in the page
word      the report as a DOCX, to edit
"""
