#!/bin/sh
# The layer of src/db against a server of its own.
exec "${srcdir:-.}/tests/contract/store" tests/contract/test_db
