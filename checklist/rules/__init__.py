"""What the answers mean: pure functions of (Facts). No disk, no clock, no Qt."""
