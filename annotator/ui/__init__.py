"""The browser: the only package that knows Streamlit.

A page reads the store, calls one stage and draws; what reviewers work in is `component`.
"""
