"""What annotation tools write and read, a module a format: out by `render` or `files`, in by `read`."""
