#!/bin/sh
# What cppcheck is certain of.
. "$(dirname "$0")/tap.sh"
if ! command -v cppcheck >/dev/null; then
	printf '1..1\nok 1 - cppcheck # SKIP cppcheck is not installed\n'
	exit
fi
certain() {
	cppcheck --quiet --std=c11 --language=c --enable=warning,portability --inline-suppr --suppress=internalAstError \
		--suppress=unknownMacro --suppress=compareBoolExpressionWithInt --suppress=nullPointerRedundantCheck --suppress=ctunullpointer \
		--suppress=syntaxError --suppress=preprocessorErrorDirective --template='{file}:{line}: {id}: {message}' -Isrc $(sources src c) 2>&1
}
check "cppcheck: no error, warning or portability finding" certain
finish
