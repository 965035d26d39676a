#!/usr/bin/env bash
# Installs what is missing on Debian 12 or Ubuntu; silent when nothing is. deps.sh [run|test]
set -euo pipefail
purpose=${1:-run}
missing=()

need_module() { pkg-config --exists "$1" 2>/dev/null || missing+=("$2"); }
need_command() { command -v "$1" >/dev/null || missing+=("$2"); }

need_command gcc gcc
need_command make make
need_command pkg-config pkg-config
echo '#include <stdio.h>' | gcc -E - >/dev/null 2>&1 || missing+=(libc6-dev)
need_module sqlite3 libsqlite3-dev
need_module libpq libpq-dev
need_module icu-i18n libicu-dev
need_module pangocairo libpango1.0-dev
need_module cairo libcairo2-dev
need_module jansson libjansson-dev
need_module libsodium libsodium-dev
need_module xlsxwriter libxlsxwriter-dev
need_module libzip libzip-dev
need_module expat libexpat1-dev
need_module libqrencode libqrencode-dev
need_module libuv libuv1-dev
need_module zlib zlib1g-dev
need_module gmime-3.0 libgmime-3.0-dev
need_module libical libical-dev
need_module libgsf-1 libgsf-1-dev
pkg-config --exists libllhttp 2>/dev/null || [ -e /usr/share/llhttp/llhttp.c ] || missing+=(node-llhttp)
need_command fc-match fontconfig
fc-match 'Noto Sans CJK SC' 2>/dev/null | grep -q 'CJK' || missing+=(fonts-noto-cjk)
if [ "$purpose" = test ]; then
    need_module cmocka libcmocka-dev
    need_command pdftotext poppler-utils
    need_command zip zip
    need_command unzip unzip
    /usr/bin/python3 -c 'import xlwt' 2>/dev/null || missing+=(python3-xlwt)
    need_command clang clang
    need_command clang-tidy clang-tidy
    need_command cppcheck cppcheck
    need_command sqlite3 sqlite3
    need_command curl curl
    # Debian's npm does not go with a Node from elsewhere: both, or neither.
    { command -v node && command -v npm; } >/dev/null || missing+=(nodejs npm)
    command -v chromium chromium-browser google-chrome >/dev/null || missing+=(chromium)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "Missing packages: ${missing[*]}" >&2
    echo "Install them as root:  apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 3
fi
if ! command -v apt-get >/dev/null; then
    echo "No apt-get here. Install what these Debian packages hold: ${missing[*]}" >&2
    exit 3
fi

# Nothing that is installed starts a service by itself: postgresql is only wanted for its programs.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ] && [ ! -L "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing: ${missing[*]}" >&2
log=$(mktemp)
if ! { apt-get update && apt-get install -y --no-install-recommends --no-remove "${missing[@]}"; } \
    </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "Installing failed; the whole log is in $log" >&2
    exit 3
fi
rm -f "$log"
