#!/bin/sh
# Vérifier ce dossier : sh verify.sh [clef.pem [racines.pem]]
# Check this dossier:   sh verify.sh [key.pem [roots.pem]]
#
# Il faut / It needs: openssl (1.1.1 ou plus / or later), sha256sum. Rien ne sort de cette machine /
# Nothing leaves this machine. 0 = tout tient / all holds ; 1 = non / no.

absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }
key=; roots=
[ -n "${1:-}" ] && key=$(absolute "$1")
[ -n "${2:-}" ] && roots=$(absolute "$2")
cd "$(dirname "$0")" || exit 1
: "${key:=signing-key.pem}" "${roots:=timestamp-roots.pem}"

bad=0
good() { printf 'OK    %s\n' "$1"; }
wrong() { printf 'FAUX  %s\n' "$1"; bad=1; }

for needed in openssl sha256sum; do
  command -v "$needed" >/dev/null || { wrong "$needed manque / is missing"; exit 1; }
done
for needed in manifest.sha256 manifest.sig about.json "$key"; do
  [ -f "$needed" ] || { wrong "$needed manque / is missing"; exit 1; }
done

# 1. Chaque partie est celle du manifeste / Each part is that of the manifest.
listed=' '
while read -r hash name rest; do
  case "$name$rest" in '' | */* | *[!A-Za-z0-9.-]*) wrong "manifest.sha256: $name"; continue ;; esac
  listed="$listed$name "
done <manifest.sha256
while read -r hash name rest; do
  case $name in *.age) twin=${name%.age} ;; *) twin=$name.age ;; esac
  if [ -f "$name" ]; then
    if printf '%s  %s\n' "$hash" "$name" | sha256sum --check --status 2>/dev/null; then
      good "$name"
    else
      wrong "$name a été modifié / was changed"
    fi
  else
    case "$name $listed" in
      dossier.*" $twin "* | evidence.*" $twin "*)
        if [ -f "$twin" ]; then good "$name : voir / see $twin"; else wrong "$name manque / is missing"; fi ;;
      *) wrong "$name manque / is missing" ;;
    esac
  fi
done <manifest.sha256
for needed in dossier.json dossier.fr.pdf dossier.en.pdf about.json; do
  case $listed in *" $needed "*) ;; *) wrong "manifest.sha256: $needed ?" ;; esac
done
for found in *; do
  case " manifest.sha256 manifest.sig manifest.tsr signing-key.pem timestamp-roots.pem $listed" in
    *" $found "*) ;;
    *) printf 'NOTE  %s : hors du dossier / not of the dossier\n' "$found" ;;
  esac
done

# 2. Le centre a signé le manifeste / The centre signed the manifest.
if openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in manifest.sha256 \
  -sigfile manifest.sig >/dev/null 2>&1; then
  good "signature (Ed25519)"
else
  wrong "signature (Ed25519)"
fi
printf 'CLEF  %s\n' "$(openssl pkey -pubin -in "$key" -outform DER 2>/dev/null | sha256sum | cut -d' ' -f1)"
printf '      Comparez cette empreinte à celle que publie le centre.\n'
printf '      Compare this fingerprint with the one that the centre publishes.\n'

# 3. L'horodatage est celui de la signature / The timestamp is of the signature.
if [ -f manifest.tsr ]; then
  if openssl ts -verify -data manifest.sig -in manifest.tsr -CAfile "$roots" >/dev/null 2>&1; then
    good "horodatage / timestamp: $(openssl ts -reply -in manifest.tsr -text 2>/dev/null |
      sed -n 's/^Time stamp: //p')"
  else
    wrong "horodatage / timestamp"
  fi
elif grep -q '"timestamp":true' about.json; then
  wrong "manifest.tsr manque / is missing"
else
  printf 'NOTE  sans horodatage de confiance / without a trusted timestamp\n'
fi

[ "$bad" = 0 ] && printf 'Le dossier tient. The dossier holds.\n'
[ "$bad" = 0 ] || printf 'Le dossier ne tient pas. The dossier does not hold.\n'
exit "$bad"
