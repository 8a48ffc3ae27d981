"""Building blocks of the screens. They draw what they are shown and tell what a person did; they know no desk."""
