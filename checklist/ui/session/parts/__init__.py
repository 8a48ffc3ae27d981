"""Small widgets that only the session screens use."""
