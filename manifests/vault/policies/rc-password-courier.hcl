# The password courier: reads one generation, adds new ones, and destroys old ones for good.
# No delete on metadata: the numbers of the generations would start at 1 again.
path "rc-password/data/*"     { capabilities = ["create", "read", "update"] }
path "rc-password/destroy/*"  { capabilities = ["update"] }
path "rc-password/metadata/*" { capabilities = ["read", "list"] }

# never an MFA code or seed
path "rc-mfa/*"      { capabilities = ["deny"] }
path "rc-mfa/code/*" { capabilities = ["deny"] }
path "rc-mfa/keys/*" { capabilities = ["deny"] }

# never anybody's step-up
path "rc-stepup/*"      { capabilities = ["deny"] }
path "rc-stepup/code/*" { capabilities = ["deny"] }
path "rc-stepup/keys/*" { capabilities = ["deny"] }

# its own token; the default policy is not given to it
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self"  { capabilities = ["update"] }
path "auth/token/revoke-self" { capabilities = ["update"] }
path "sys/capabilities-self"  { capabilities = ["update"] }
