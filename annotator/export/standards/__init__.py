"""What published standards describe, a module each: out by `render` or `files`, in by `read`.

`refi` is the codebook as `qdc` and `qdpx` share it.
"""
