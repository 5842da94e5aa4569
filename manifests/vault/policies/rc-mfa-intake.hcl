# Beside rc-mfa-courier: puts a seed in. This engine asks for update, also for a name that is new; so it can overwrite, too.
# The seed comes as key: a malformed url would put it in clear into the audit log of the vault itself.
path "rc-mfa/keys/*" {
  capabilities      = ["update"]
  denied_parameters = { "generate" = [], "url" = [] }
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

# never anybody's step-up
path "rc-stepup/*"      { capabilities = ["deny"] }
path "rc-stepup/code/*" { capabilities = ["deny"] }
path "rc-stepup/keys/*" { capabilities = ["deny"] }
