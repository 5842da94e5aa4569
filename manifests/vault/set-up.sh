#!/bin/sh
# Sets a HashiCorp Vault or OpenBao up for RootCustody: mounts, policies, auth mounts, roles, the key for checkpoints.
# Run it as often as you like: what is as it should be is left alone. It makes no secret id and prints no secret.
# Needs curl (7.55 or newer) and jq; neither vault nor bao. POSIX sh.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

usage() {
  cat <<'EOF'
usage: set-up.sh [--dry-run] [--without-intake] [--cidrs ROLE=NETWORKS]...

  --dry-run               look only; say what would be done
  --without-intake        the MFA courier may put in no seeds (give it rc-mfa-intake for a ceremony)
  --cidrs ROLE=NETWORKS   logins and tokens of this role from these networks only, as in
                          --cidrs rc-password-courier=10.0.4.0/28,10.0.5.7/32

from the environment:
  VAULT_ADDR       such as https://vault.example:8200
  VAULT_TOKEN      of an operator who may manage mounts, auth methods (sudo), policies and the roles
  VAULT_NAMESPACE  if you use one; it has to exist
  VAULT_CACERT     a file with the certificates to trust, if they are not those of the machine
EOF
}

die() {
  printf 'set-up.sh: %s\n' "$*" >&2
  exit 1
}

dry=''
intake=true
networks=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry=1 ;;
    --without-intake) intake=false ;;
    --cidrs)
      case ${2:-} in
        rc-*=?*) networks="$networks $2" ;;
        *) die 'after --cidrs comes ROLE=NETWORKS, as in rc-password-courier=10.0.4.0/28' ;;
      esac
      shift
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    *)
      usage >&2
      die "what is '$1'?"
      ;;
  esac
  shift
done

for tool in curl jq; do
  command -v "$tool" >/dev/null || die "$tool is missing. Install it and run this again."
done
[ -n "${VAULT_ADDR:-}" ] || die 'say in VAULT_ADDR where the vault is, such as https://vault.example:8200'
[ -n "${VAULT_TOKEN:-}" ] || die 'put the token of an operator into VAULT_TOKEN'
case $VAULT_ADDR in
  https://* | http://127.0.0.1:* | http://localhost:*) ;;
  *) die "VAULT_ADDR is '$VAULT_ADDR'. It has to be https://..., or the token travels in clear." ;;
esac

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# in a file, not in an argument, which everybody on this machine could read
{
  printf 'X-Vault-Token: %s\n' "$VAULT_TOKEN"
  printf 'X-Vault-Request: true\n'
  [ -z "${VAULT_NAMESPACE:-}" ] || printf 'X-Vault-Namespace: %s\n' "$VAULT_NAMESPACE"
} >"$work/headers"

# call METHOD PATH [BODY]: the status goes to $status, the answer to $work/answer. No redirect is followed with a token.
call() {
  printf '%s' "${3:-}" >"$work/body"
  : >"$work/answer"
  set -- "$1" "$2"
  headers=$work/headers
  [ "${2%%[?]*}" != sys/health ] || headers=/dev/null # of the server, not of a namespace
  status=$(
    curl --silent --show-error --max-time 30 --request "$1" --header @"$headers" \
      ${VAULT_CACERT:+--cacert "$VAULT_CACERT"} \
      --header 'Content-Type: application/json' --data-binary @"$work/body" \
      --output "$work/answer" --write-out '%{http_code}' "${VAULT_ADDR%/}/v1/$2"
  ) || die "no answer from $VAULT_ADDR. Is the address right, and the certificate trusted (VAULT_CACERT)?"
}

# must METHOD PATH BODY WHAT: anything but 2xx ends the script with a sentence
must() {
  call "$1" "$2" "$3"
  case $status in
    2??) return ;;
  esac
  reason=$(jq -r '(.errors // []) | join("; ")' "$work/answer" 2>/dev/null) || reason=''
  case $status in
    403) die "$4: the token in VAULT_TOKEN may not $1 $2, or has expired." ;;
    307) die "$4: this is a standby. Set VAULT_ADDR to the active node." ;;
    503) die "$4: the vault is sealed, or in maintenance." ;;
    *) die "$4: status $status ${reason:+($reason)}" ;;
  esac
}

answer() { jq -r "$1" "$work/answer"; }

# change WHAT METHOD PATH BODY
changed=0
change() {
  changed=$((changed + 1))
  if [ -n "$dry" ]; then
    printf 'would change  %s\n' "$1"
    return
  fi
  must "$2" "$3" "$4" "$1"
  printf 'changed       %s\n' "$1"
}

fine() { printf 'is right      %s\n' "$1"; }

# set_up FILTER: what set-up.json says, where vault plan reads it too
set_up() { jq -r "$1" "$here/set-up.json"; }

# mount WHERE PATH BODY, where is sys/mounts or sys/auth
mount() {
  must GET "$1" '' "reading $1"
  wanted=$(printf '%s' "$3" | jq -r '.type + (.options.version // "")')
  there=$(jq -r --arg at "$2/" '.data[$at].type // ""' "$work/answer")
  version=$(jq -r --arg at "$2/" '.data[$at].options.version // ""' "$work/answer")
  case $there$version in
    "$wanted") fine "$1/$2" ;;
    '') change "$1/$2" POST "$1/$2" "$3" ;;
    *) die "at $2 there is a mount of the type $there${version:+ (version $version)} already. Move it, or let us have another vault." ;;
  esac
}

# entry PATH FIELDS: what an engine holds beside secrets. The kind of a key cannot be changed.
entry() {
  call GET "$1" ''
  if [ "$status" = 200 ] && [ "$(jq --argjson wanted "$2" '.data as $is | all($wanted | to_entries[]; .value == $is[.key])' "$work/answer")" = true ]; then
    fine "$1"
  elif [ "$status" = 200 ] && [ "${1#*/keys/}" != "$1" ]; then
    die "the key $1 is of another type than $(printf '%s' "$2" | jq -r .type), and no key can be made in its place. Use another mount."
  else
    change "$1" POST "$1" "$2"
  fi
}

policy() {
  text=$(cat "$here/policies/$1.hcl") || die "the file policies/$1.hcl is missing beside this script"
  call GET "sys/policies/acl/$1" ''
  case $status in
    200) kept=$(answer '.data.policy') ;;
    404) kept='' ;;
    *) must GET "sys/policies/acl/$1" '' "reading the policy $1" ;;
  esac
  if [ "$kept" = "$text" ]; then
    fine "policy $1"
  else
    change "policy $1" PUT "sys/policies/acl/$1" "$(jq -n --arg policy "$text" '{policy: $policy}')"
  fi
}

# role AUTHMOUNT NAME POLICIES
role() {
  cidrs=''
  for pair in $networks; do
    [ "${pair%%=*}" != "$2" ] || cidrs=${pair#*=}
  done
  # 20 minutes at a time, one day at most; a secret id lives for 90 days, in the memory of the process that unwrapped it
  wanted=$(
    jq --arg policies "$3" --arg cidrs "$cidrs" '.terms + {token_policies: ($policies | split(","))} + if $cidrs == "" then {} else
      {token_bound_cidrs: ($cidrs | split(",")), secret_id_bound_cidrs: ($cidrs | split(","))} end' "$here/set-up.json"
  )
  call GET "auth/$1/role/$2" ''
  case $status in
    200)
      # one address comes back without its /32
      differs=$(
        jq --argjson wanted "$wanted" '
          def plain: if type == "array" then map(rtrimstr("/32")) else . end;
          .data as $is | any($wanted | to_entries[]; (.value | plain) != ($is[.key] | plain))' "$work/answer"
      )
      ;;
    404) differs=true ;;
    *) must GET "auth/$1/role/$2" '' "reading the role $2" ;;
  esac
  if [ "$differs" = false ]; then
    fine "role $2 at auth/$1"
  else
    change "role $2 at auth/$1" POST "auth/$1/role/$2" "$wanted"
  fi
}

call GET 'sys/health?standbyok=true' ''
case $status in
  200) ;;
  501) die 'the vault is not initialised yet' ;;
  503) die 'the vault is sealed' ;;
  *) die "$VAULT_ADDR does not answer as a vault does (status $status)" ;;
esac
must GET auth/token/lookup-self '' 'looking at the token'

for at in $(set_up '.identities[].mount'); do
  mount sys/mounts "$at" "$(set_up ".identities[] | select(.mount == \"$at\").engine")"
done

# no generation is written blindly, and none is trimmed before RootCustody destroys it; checkpoints are signed with Ed25519
for path in $(set_up '.identities[] | select(.entry) | .mount + "/" + .entry.path'); do
  entry "$path" "$(set_up ".identities[] | select(.entry and .mount + \"/\" + .entry.path == \"$path\").entry.fields")"
done

for name in $(set_up '.identities[] | (.policies + .intake + .breakGlass)[]'); do
  policy "$name"
done

for at in $(set_up '.identities[].authMount'); do
  mount sys/auth "$at" '{"type":"approle"}'
done
for line in $(set_up ".identities[] | .authMount + \"/\" + .role + \"/\" + ((.policies + (if $intake then .intake else [] end)) | join(\",\"))"); do
  rest=${line#*/}
  role "${line%%/*}" "${rest%%/*}" "${rest#*/}"
done

# without an audit device nobody can tell afterwards who read what
call GET sys/audit ''
case $status in
  200) [ "$(answer '.data | length')" != 0 ] || printf 'warning       no audit device is enabled: the vault keeps no log. Enable one before the first half is put in.\n' >&2 ;;
  *) printf 'warning       this token may not see the audit devices. Make sure that one is enabled.\n' >&2 ;;
esac

if [ -n "$dry" ]; then
  printf '\nNothing was changed; %s things would be.\n' "$changed"
  exit 0
fi

cat <<'EOF'

Settings of the processes (the role ids are no secrets):
EOF
# settings AUTHMOUNT ROLE MOUNT SECTION
settings() {
  must GET "auth/$1/role/$2/role-id" '' "reading the role id of $2"
  printf '  RootCustody:%s  Mount=%s AuthMount=%s Role=%s RoleId=%s\n' "$4" "$3" "$1" "$2" "$(answer .data.role_id)"
}
for line in $(set_up '.identities[] | .authMount + "/" + .role + "/" + .mount + "/" + .section'); do
  # shellcheck disable=SC2046 # split on purpose
  settings $(printf '%s' "$line" | tr / ' ')
done

cat <<'EOF'

Delivering a secret id, before each start of a process: it is made wrapped, so that you never see it, and opens once.
Put the wrapping token into the file that WrappedSecretIdFile of that process names; it has 5 minutes:

  umask 077; curl --silent --fail --header @HEADERS --header 'X-Vault-Wrap-TTL: 300s' --request POST \
    "$VAULT_ADDR/v1/auth/AUTHMOUNT/role/ROLE/secret-id" | jq -r .wrap_info.token >FILE

HEADERS is a file (mode 0600) with the line "X-Vault-Token: ..." of somebody who may make secret ids of this role and of
no other. If the process says that it was opened already, take it for an attack: README.md, "When a delivery fails".
EOF
