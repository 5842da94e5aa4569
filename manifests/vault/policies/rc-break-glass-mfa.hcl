# A custodian of the MFA in an emergency without RootCustody (RUNBOOK.md): codes of now, changes nothing.
# Given to nobody beforehand. Who is given rc-break-glass-password as well can read neither half.
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
