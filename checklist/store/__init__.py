"""Where the clinic's data lies: keys, encrypted journal, index, migrations. The only place with SQL.

Import the modules themselves: `vault` is cheap and serves the sign-in screen, the others load SQLCipher.
"""
