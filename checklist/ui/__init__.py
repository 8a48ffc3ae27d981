"""The windows. The only package that knows Qt."""
