# The MFA courier: codes of now. It validates none, and never gets a seed back: the engine has no path for that.
path "rc-mfa/code/*" { capabilities = ["read"] }
path "rc-mfa/keys/*" { capabilities = ["read", "list"] }

# never a password: the broad pattern, and each that another policy allows, for only the most specific one counts
path "rc-password/*"                   { capabilities = ["deny"] }
path "rc-password/data/*"              { capabilities = ["deny"] }
path "rc-password/metadata/*"          { capabilities = ["deny"] }
path "rc-password/detailed-metadata/*" { capabilities = ["deny"] }
path "rc-password/subkeys/*"           { capabilities = ["deny"] }
path "rc-password/delete/*"            { capabilities = ["deny"] }
path "rc-password/undelete/*"          { capabilities = ["deny"] }
path "rc-password/destroy/*"           { capabilities = ["deny"] }

# never anybody's step-up
path "rc-stepup/*"      { capabilities = ["deny"] }
path "rc-stepup/code/*" { capabilities = ["deny"] }
path "rc-stepup/keys/*" { capabilities = ["deny"] }

# its own token; the default policy is not given to it
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self"  { capabilities = ["update"] }
path "auth/token/revoke-self" { capabilities = ["update"] }
path "sys/capabilities-self"  { capabilities = ["update"] }
