"""Long measurements of the tests themselves, outside `make test`."""
