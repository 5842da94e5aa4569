# Step-up, which every process has: says whether a code is right, and lets the vault make new seeds. It reads no code.
# Nobody puts a seed in that they know: key and url are refused.
path "rc-stepup/code/*" { capabilities = ["update"] }
path "rc-stepup/keys/*" {
  capabilities      = ["update", "read", "list", "delete"]
  denied_parameters = { "key" = [], "url" = [] }
}

# never a password: the broad pattern, and each that another policy allows, for only the most specific one counts
path "rc-password/*"                   { capabilities = ["deny"] }
path "rc-password/data/*"              { capabilities = ["deny"] }
path "rc-password/metadata/*"          { capabilities = ["deny"] }
path "rc-password/detailed-metadata/*" { capabilities = ["deny"] }
path "rc-password/subkeys/*"           { capabilities = ["deny"] }
path "rc-password/delete/*"            { capabilities = ["deny"] }
path "rc-password/undelete/*"          { capabilities = ["deny"] }
path "rc-password/destroy/*"           { capabilities = ["deny"] }

# never an MFA code or seed
path "rc-mfa/*"      { capabilities = ["deny"] }
path "rc-mfa/code/*" { capabilities = ["deny"] }
path "rc-mfa/keys/*" { capabilities = ["deny"] }

# its own token; the default policy is not given to it
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self"  { capabilities = ["update"] }
path "auth/token/revoke-self" { capabilities = ["update"] }
path "sys/capabilities-self"  { capabilities = ["update"] }
