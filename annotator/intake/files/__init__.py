"""The bytes of a file as text: opened within limits, decoded, parted from its front matter."""
