#!/usr/bin/env bash
# Installs the system libraries that typesetting needs, where they are missing.
set -euo pipefail

debian_packages=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
# What only the tests need: independent readers of PDF files, and a browser.
debian_test_packages=(poppler-utils qpdf mupdf-tools openjdk-17-jre-headless libjaxb-java chromium)

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

if command -v apt-get >/dev/null; then
    missing=()
    for package in "${debian_packages[@]}" "${debian_test_packages[@]}"; do
        status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$status" = installed ] || missing+=("$package")
    done
    if [ "${#missing[@]}" -gt 0 ]; then
        echo "Installing: ${missing[*]}"
        as_root apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    fi
elif command -v brew >/dev/null; then
    for formula in pango harfbuzz poppler qpdf mupdf; do
        brew list --formula "$formula" >/dev/null 2>&1 || brew install "$formula"
    done
else
    echo "This is neither Debian nor macOS with Homebrew: install Pango, HarfBuzz (with its subset library)," >&2
    echo "and for the tests Poppler's tools, qpdf, MuPDF's tools, a Java 17 runtime and Chromium; then run this command again." >&2
fi
