namespace RootCustody.Host.Jobs;
