using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RootCustody.Tests.Databases;

/// <summary>The commands that this test alone sends to its database, in their order, from here until it is disposed.</summary>
public sealed class HeardCommands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<HeardCommands?> Mine = new();

    private readonly List<string> commands = [];
    private readonly List<string> failed = [];
    private readonly List<IDisposable> subscriptions = [];

    public HeardCommands()
    {
        Mine.Value = this; // of all that is heard in the process, what follows from here
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public IReadOnlyList<string> All => commands;

    /// <summary>Those that the database refused; each is an error in the log.</summary>
    public IReadOnlyList<string> Failed => failed;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Mine.Value != this)
            return;
        if (value.Value is CommandExecutedEventData { Command.CommandText: var text })
            commands.Add(text);
        if (value.Value is CommandErrorEventData { Command.CommandText: var refused })
            failed.Add(refused);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}
