"""What reads the formats of office programs, each file in a process of its own, within limits of time and memory."""
