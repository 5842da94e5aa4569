# A custodian of the passwords in an emergency without RootCustody (RUNBOOK.md): reads, changes nothing.
# Given to nobody beforehand. Who is given rc-break-glass-mfa as well can read neither half.
path "rc-password/data/*"     { capabilities = ["read"] }
path "rc-password/metadata/*" { capabilities = ["read", "list"] }

# never an MFA code or seed
path "rc-mfa/*"      { capabilities = ["deny"] }
path "rc-mfa/code/*" { capabilities = ["deny"] }
path "rc-mfa/keys/*" { capabilities = ["deny"] }

# never anybody's step-up
path "rc-stepup/*"      { capabilities = ["deny"] }
path "rc-stepup/code/*" { capabilities = ["deny"] }
path "rc-stepup/keys/*" { capabilities = ["deny"] }
