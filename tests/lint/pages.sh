#!/bin/sh
# What the content security policy forbids must not stand in a page, and pages work without script (IFC-5).
. "$(dirname "$0")/tap.sh"

html() { sources templates html; sources conf html; }
inline() {
	html | xargs grep -nEi '<style|[ "]style=|<script[^>]*>[^<]|[ "]on[a-z]+="|javascript:|<script(>|[^>]*[^"c]>)' /dev/null | grep -vE '<script[^>]* src="[^"]*"[^>]*></script>' || :
}
foreign() { html | xargs grep -nE '(src|href|action)="(https?:)?//' /dev/null || :; }
imported() { sources templates css | xargs grep -nE '^[ 	]*@import|url\((https?:|//)' /dev/null || :; }
markup() { sources templates js | xargs grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function' /dev/null || :; }

check "pages: no inline script, style or handler" inline
check "pages: nothing is loaded from elsewhere" foreign
check "pages: style sheets load nothing from elsewhere" imported
check "pages: script makes no markup out of text" markup
finish
