"""The screens around a session: sign-in, first run, Today, patients, settings."""
