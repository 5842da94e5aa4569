namespace RootCustody.Tests;

/// <summary>Waits for something that another task is about to finish; it yields, it does not sleep, and gives up with an assertion.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> happened)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await happened())
        {
            Assert.False(limit.IsCancellationRequested, "It did not happen.");
            await Task.Yield();
        }
    }
}
