"""The least a Streamlit app can do: the floor that the benchmarks measure against."""

import streamlit as st

st.title("Empty")
st.session_state.setdefault("count", 0)
if st.button("Count"):
    st.session_state["count"] += 1
st.text(f"counted {st.session_state['count']}")
