#!/bin/sh
# A file includes only its own layer and the layers named for it; a foreign header stands only in the folder that wraps it.
. "$(dirname "$0")/tap.sh"

climbs() {
	cd "${1:-src}" && awk '
	BEGIN {
		ok["file"] = "base domain"
		ok["base"] = ok["db"] = ok["fcgi"] = ok["re"] = ok["crypto"] = ok["http"] = ok["domain"] = "base"
		ok["xml"] = "base crypto"
		ok["app"] = "base db crypto domain file q schema_version"
		ok["view"] = "base domain asset msg_ids"
		ok["web"] = "base db fcgi re crypto domain file app view paper q tpl asset msg_ids"
		ok["channel"] = "base xml crypto http domain app"
		ok["jobs"] = "base db crypto http domain app view channel q"
		ok["paper"] = "base view"
		ok["main"] = "base db fcgi re crypto http domain app view web channel jobs paper q"
		ok["sandbox"] = "base fcgi xml crypto http asset msg_ids tpl view"
		own["mysql.h"] = own["mysqld_error.h"] = "db"; own["fcgiapp.h"] = own["fcgi_stdio.h"] = "fcgi"; own["pcre2.h"] = "re"
		own["sodium.h"] = "crypto"; own["curl/curl.h"] = "http"; own["ini.h"] = "base"; own["zlib.h"] = "file"; own["jansson.h"] = "app web channel sandbox"
		own["qrencode.h"] = "paper sandbox"; own["xlsxwriter.h"] = "paper"
		prefix["libxml"] = "xml"; prefix["openssl"] = prefix["xmlsec"] = "crypto"; prefix["cairo"] = prefix["pango"] = "paper"
	}
	FNR == 1 { split(FILENAME, p, "/"); me = p[2]; if (!(me in ok)) { print FILENAME ": the layer " me " has no row here"; bad = 1 } }
	/^[ \t]*#[ \t]*include[ \t]*"/ {
		split($0, q, /"/); to = q[2]
		sub(/^q_.*/, "q", to); sub(/\/.*/, "", to); sub(/\.[a-z]+$/, "", to)
		if (to != me && index(" " ok[me] " ", " " to " ") == 0) { print FILENAME ":" FNR ": " me " may not include " q[2]; bad = 1 }
	}
	/^[ \t]*#[ \t]*include[ \t]*</ {
		h = $0; sub(/^[^<]*</, "", h); sub(/>.*/, "", h)
		who = h in own ? own[h] : ""
		split(h, first, "/"); if (first[1] in prefix) who = prefix[first[1]]
		if (who != "" && index(" " who " ", " " me " ") == 0) { print FILENAME ":" FNR ": <" h "> belongs to " who "/"; bad = 1 }
	}' $(find . -mindepth 2 -name '*.[ch]' -o -mindepth 2 -name '*.def' | sort)
}

# The check itself must see a climb, a foreign header, and a folder that nobody thought of.
notices() {
	dir=$(mktemp -d) && mkdir "$dir/base" "$dir/app" "$dir/odd"
	echo '#include "app/order.h"' >"$dir/base/a.c"
	echo '#include <libxml/tree.h>' >"$dir/app/b.h"
	echo 'int x;' >"$dir/odd/c.c"
	found=$(climbs "$dir" | wc -l)
	rm -rf "$dir"
	[ "$found" = 3 ] || echo "$found of 3 mistakes seen"
}

check "layers: an include that climbs, a foreign header and an unknown layer are seen" notices
check "layers: each file includes only what its layer may" climbs
finish
