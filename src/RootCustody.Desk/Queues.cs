namespace RootCustody.Desk;

/// <summary>The Hangfire queue of the worker role; each process serves the queues of its own roles only (design 7).</summary>
public static class Queues
{
    public const string Worker = "worker";
}
