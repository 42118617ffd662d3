# One instance: its folder, its MariaDB, its workers, its nginx.  Shared by ./run and whoever looks into an instance.
# $state is the instance's folder:
#	yunshi.conf nginx.conf mariadb.cnf	made at each start
#	secret/ data/ tmp/ log/			passwords and keys, the store, scratch, one log for each part
#	pid/PART				pid and start time of what was started
#	port					the two ports
#	sockets					link to a short folder in /tmp, as the path of a socket holds 107 bytes at most

# --- processes ----------------------------------------------------------------------------------------------------

# The time at which a process started, in ticks since boot: with the pid it names one process for ever.  Nothing for a process
# that has ended, whether or not somebody has taken notice.
started_at() { # pid
	local stat fields
	{ stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
	read -ra fields <<<"${stat##*) }"
	[ "${fields[0]}" != Z ] && [ "${fields[0]}" != X ] && echo "${fields[19]}"
}

# The pid of a part that runs.
pid_of() { # part
	local pid start
	{ read -r pid start <"$state/pid/$1"; } 2>/dev/null || return 1
	[ "$(started_at "$pid")" = "$start" ] && echo "$pid"
}

# Starts a part in a session of its own, unless it runs.
start() { # part command…
	local part=$1 pid
	shift
	! pid_of "$part" >/dev/null || return 0
	setsid "$@" </dev/null >>"$state/log/$part.log" 2>&1 9>&- &
	pid=$!
	echo "$pid $(started_at "$pid")" >"$state/pid/$part"
}

# Ends a part with the signal, and after so many seconds with SIGKILL.
stop() { # part signal seconds
	local pid deadline=$((SECONDS + $3))
	pid=$(pid_of "$1") || { rm -f "$state/pid/$1"; return 0; }
	kill -s "$2" "$pid" 2>/dev/null
	while pid_of "$1" >/dev/null; do
		if [ $SECONDS -ge $deadline ]; then
			say "$1 did not end within $3 s and was killed"
			kill -s KILL "$pid" 2>/dev/null
			deadline=$((SECONDS + 5))
		fi
		sleep 0.05
	done
	rm -f "$state/pid/$1"
}

# Waits until the command succeeds, while the part runs.
await() { # part seconds command…
	local part=$1 deadline=$((SECONDS + $2))
	shift 2
	until "$@" >/dev/null 2>&1; do
		pid_of "$part" >/dev/null || die "$part did not start: $(last_words "$part")"
		[ $SECONDS -lt $deadline ] || die "$part did not answer in time: $(last_words "$part")"
		sleep 0.05
	done
}

last_words() { # part
	local line
	line=$(grep -E 'ERROR|emerg|error|level=[EW]' "$state/log/$1.log" 2>/dev/null | tail -n 1)
	[ -n "$line" ] || line=$(grep . "$state/log/$1.log" 2>/dev/null | tail -n 1)
	! grep -q 'No space left on device' "$state/log/$1.log" 2>/dev/null || line="the disk is full"
	printf '%s (%s)' "${line:-it said nothing}" "$state/log/$1.log"
}

# --- folder -------------------------------------------------------------------------------------------------------

folder_make() {
	local free
	mkdir -p -m 700 "$state" && (cd "$state" && mkdir -p -m 700 secret tmp log pid) || die "the folder $state cannot be written"
	free=$(df -k --output=avail "$state" | tail -n 1)
	[ "$free" -ge 200000 ] || die "the disk is full: less than 200 MB are free for $state"
}

sockets_make() {
	sockets=$(readlink "$state/sockets") && [ -d "$sockets" ] && [ -O "$sockets" ] && return
	sockets=$(mktemp -d /tmp/yunshi.XXXXXX) && ln -sfn "$sockets" "$state/sockets" || die "no folder for sockets could be made in /tmp"
}

secret() { # name
	[ -s "$state/secret/$1" ] || (umask 077 && od -An -N "${2:-24}" -tx1 /dev/urandom | tr -d ' \n' >"$state/secret/$1")
}

banks='icbc abc boc ccb bocom cmb citic ceb spdb cib pab'

# RSA keys of the platform and of the sandbox's banks: private for their owner, public where the other side looks.
bank_keys_make() {
	local name dir=$state/secret/bank pids=()
	(umask 077 && mkdir -p "$dir/pinned")
	for name in platform $banks; do
		[ -s "$dir/pinned/$name.pem" ] || { (umask 077
			openssl genrsa -out "$dir/$name.pem" 2048 && openssl pkey -in "$dir/$name.pem" -pubout -out "$dir/$name.new" &&
				mv "$dir/$name.new" "$dir/pinned/$name.pem") 2>/dev/null & pids+=($!); }
	done
	for name in "${pids[@]}"; do wait "$name" || die "the banks' keys could not be made"; done
}

bank_accounts() {
	local name n=10
	for name in $banks; do printf 'accounts = %s=62%02d0088001202688\n' "$name" $((n++)); done
}

secrets_make() {
	local name
	bank_keys_make
	for name in platform buyer provider operator callback jobs admin; do secret "$name"; done
	secret wechat 16
	secret provider_token 16
	secret sms 16
}

# --- store --------------------------------------------------------------------------------------------------------

sql() { mariadb --no-defaults --socket="$sockets/db.sock" --user=root --batch --skip-column-names "$@"; }

store_start() {
	if [ ! -d "$state/data" ]; then
		rm -rf "$state/data.new"
		mariadb-install-db --no-defaults --datadir="$state/data.new" --auth-root-authentication-method=normal --skip-test-db \
			--force --innodb-log-file-size=32M >"$state/log/install.log" 2>&1 || die "the store could not be made: $(last_words install)"
		mv "$state/data.new" "$state/data"
	fi
	render "$top/conf/mariadb.cnf" "$state/mariadb.cnf" "STATE=$state" "SOCKETS=$sockets" "BUFFER_POOL=$buffer_pool"
	start store mariadbd --defaults-file="$state/mariadb.cnf"
	await store 60 sql -e 'SELECT 1'
	sql <<-END || die "the store's administrator could not be made"
		CREATE DATABASE IF NOT EXISTS yunshi;
		CREATE USER IF NOT EXISTS yunshi_admin@'%';
		ALTER USER yunshi_admin@'%' IDENTIFIED BY '$(<"$state/secret/admin")';
		GRANT CREATE USER ON *.* TO yunshi_admin@'%';
		GRANT ALL ON yunshi.* TO yunshi_admin@'%' WITH GRANT OPTION;
	END
}

# --- settings -----------------------------------------------------------------------------------------------------

conf_make() {
	cat >"$state/yunshi.conf.new" <<-END
		# Made by ./run at each start.
		[platform]
		base_url = $url
		development = yes
		secret_file = $state/secret/platform
		clock_file = $state/clock

		[database]
		socket = $sockets/db.sock
		name = yunshi
		user = yunshi
		buyer_password_file = $state/secret/buyer
		provider_password_file = $state/secret/provider
		operator_password_file = $state/secret/operator
		callback_password_file = $state/secret/callback
		jobs_password_file = $state/secret/jobs
		admin_password_file = $state/secret/admin

		[wechat]
		gateway = $sandbox_url
		appid = wx8a6d5f2c90e1b374
		mch_id = 1900012026
		key_file = $state/secret/wechat

		[bank]
		front = $sandbox_url
		payee = 云市场科技有限公司
		$(bank_accounts)
		private_key_file = $state/secret/bank/platform.pem
		keys = $state/secret/bank/pinned
		spool = $state/spool

		[provision]
		retry_scale = 10

		[mail]
		server = smtp://127.0.0.1:$((${sandbox_url##*:} + 1))
		sender = noreply@yunshi.test
		tls = no

		[sms]
		gateway = $sandbox_url/sms
		token_file = $state/secret/sms

		[sandbox]
		smtp_port = $((${sandbox_url##*:} + 1))
		base_url = $sandbox_url
		folder = $state/sandbox
		provider_token_file = $state/secret/provider_token
		bank_keys = $state/secret/bank
		platform_key = $state/secret/bank/pinned/platform.pem
	END
	mv "$state/yunshi.conf.new" "$state/yunshi.conf"
	mkdir -p "$state/sandbox" "$state/spool"
}

# --- ports --------------------------------------------------------------------------------------------------------

# Whether somebody listens on the port, as the kernel tells it.
port_busy() { # port
	grep -qiE "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$1") [0-9A-F]+:[0-9A-F]+ 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# $url and $sandbox_url: the port asked for, else that of the last start, else 8080; the sandbox the next free one from 10 above.
ports_choose() { # port
	local old='' old_sandbox='' port sandbox
	{ read -r old old_sandbox <"$state/port"; } 2>/dev/null
	port=${1:-${old:-8080}}
	sandbox=$old_sandbox
	[ "$port" = "$old" ] || sandbox=$((port + 10))
	if wants nginx && ! pid_of nginx >/dev/null; then
		! port_busy "$port" || die "port $port is busy: end what listens there, or choose another with --port"
		while port_busy "$sandbox"; do sandbox=$((sandbox + 1)); done
	fi
	echo "$port $sandbox" >"$state/port"
	url=http://127.0.0.1:$port
	sandbox_url=http://127.0.0.1:$sandbox
}

# --- web ----------------------------------------------------------------------------------------------------------

nginx_start() {
	local name
	mkdir -p "$state/tmp/nginx"
	for name in nginx.conf yunshi.conf fastcgi.conf fastcgi_base.conf gateway.conf; do
		render "$top/conf/nginx/$name" "$state/tmp/nginx/$name" "STATE=$state" "SOCKETS=$sockets" "LISTEN=127.0.0.1:${url##*:}" \
			"SANDBOX=127.0.0.1:${sandbox_url##*:}" "STATIC=$top/templates/static" "ERRORS=$top/conf/nginx/error" \
			"RATE=20000r/s" "BURST=20000" "RATE_LOGIN=100r/s" "BURST_LOGIN=200" "CONNECTIONS=1000" || die "the settings of nginx could not be written"
	done
	start nginx nginx -e stderr -p "$state/tmp/nginx/" -c "$state/tmp/nginx/nginx.conf" -g 'daemon off;'
}

pools='buyer provider operator callback'

pool_start() { # pool
	start "$1" "$program" web --config "$state/yunshi.conf" --pool "$1" --socket "$sockets/$1.sock" --workers "$workers"
}

ready() { curl --noproxy '*' -fsS -o /dev/null -m 5 "$url/readyz"; }
