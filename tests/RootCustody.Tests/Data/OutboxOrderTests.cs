using System.Globalization;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Data;

/// <summary>Whatever fails, and whenever a node dies: at each place the cards keep their order, and the last one stands in the end.</summary>
public sealed class OutboxOrderTests
{
    private static readonly Gen<Step> AnyStep = Gen.OneOf(
        Gen.Int[0, 2].Select(place => (Step)new Step.Show(place)),
        Gen.Int[0, 1].Select(node => (Step)new Step.Send(node)),
        Gen.Int[0, 1].Select(node => (Step)new Step.Send(node)),
        Gen.Int[1, 100].Select(seconds => (Step)new Step.Wait(TimeSpan.FromSeconds(seconds))),
        Gen.Int[1, 100].Select(minutes => (Step)new Step.Wait(TimeSpan.FromMinutes(minutes))),
        Gen.Const((Step)new Step.RetryAll())
    );

    private static readonly Gen<Fate> AnyFate = Gen.Int[0, Enum.GetValues<Fate>().Length - 1]
        .Select(fate => (Fate)fate);

    [DatabaseFact]
    public async Task Whatever_fails_each_place_shows_its_last_card_and_none_was_ever_covered_by_an_earlier_one() =>
        await Gen.Select(AnyStep.List[5, 25], AnyFate.List[0, 40])
            .SampleAsync(
                async (steps, fates) =>
                {
                    await using var play = await Play.BeginAsync(fates);
                    foreach (var step in steps)
                        await play.TakeAsync(step);
                    await play.EndAsync();
                },
                iter: 60
            );

    /// <summary>What becomes of one call of the platform.</summary>
    private enum Fate
    {
        Well,
        FailsBefore,
        FailsAfter,
        IsThrottled,
        IsRefused,
        NodeDiesBefore,
        NodeDiesAfter,
        OtherNodeSendsMeanwhile,
        AnotherCardIsShownMeanwhile,
        OperatorRetriesMeanwhile,
        TakesLong,
        TakesTooLong,
    }

    private abstract record Step
    {
        private Step() { }

        public sealed record Show(int Place) : Step;

        public sealed record Send(int Node) : Step;

        public sealed record Wait(TimeSpan For) : Step;

        public sealed record RetryAll : Step;
    }

    private sealed class Play(OutboxScene scene, IEnumerable<Fate> fates) : IAsyncDisposable
    {
        private readonly Queue<Fate> fates = new(fates);
        private readonly Sender[] nodes = [scene.Node(0.1), scene.Node(0.9)];
        private readonly long[] places = new long[3];
        private readonly int[] last = new int[3];
        private readonly int[] shown = new int[3];
        private readonly int[] unknown = new int[3];
        private readonly HashSet<int> inCall = [];
        private readonly Stack<int> sending = [];

        public static async Task<Play> BeginAsync(IEnumerable<Fate> fates)
        {
            var play = new Play(await OutboxScene.SetAsync(), fates);
            play.Begin();
            for (var place = 0; place < play.places.Length; place++)
                play.places[place] = await play.Scene.NewPlaceAsync($"{place}:0");
            return play;
        }

        private OutboxScene Scene => scene;

        private void Begin()
        {
            scene.Wall.Before = BeforeAsync;
            scene.Wall.After = AfterAsync;
        }

        public Task TakeAsync(Step step) =>
            step switch
            {
                Step.Show show => ShowAsync(show.Place),
                Step.Send send => SendAsync(send.Node),
                Step.Wait wait => Task.Run(() => scene.Clock.Advance(wait.For)),
                Step.RetryAll => RetryAsync(),
                _ => throw new System.Diagnostics.UnreachableException(),
            };

        /// <summary>Nothing fails any more, and an operator wants what is parked tried again.</summary>
        public async Task EndAsync()
        {
            fates.Clear();
            for (var round = 0; round < 4; round++)
            {
                scene.Clock.Advance(Backoff.LongestTold * 2);
                await RetryAsync();
                await SendAsync(round % 2);
                await SendAsync(round % 2);
            }
            Assert.True(await scene.InDbAsync(db => db.Outbox.AllAsync(r => r.SentAt != null)), "A row still waits.");
            for (var place = 0; place < places.Length; place++)
            {
                var stands = scene.Wall.Messages[(await scene.StandsAsync(places[place]))!];
                Assert.Equal($"{place}:{last[place]}", stands.Last());
                var messages = scene.Wall.Messages.Values.Count(m => Read(m.First()).Place == place);
                Assert.InRange(messages, 1, 1 + unknown[place]);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
            await scene.DisposeAsync();
        }

        private Task ShowAsync(int place) => scene.ShowAsync(places[place], $"{place}:{++last[place]}");

        private async Task SendAsync(int node)
        {
            if (sending.Contains(node))
                return;
            sending.Push(node);
            var alive = nodes[node];
            try
            {
                while (await alive.SendAsync() > 0) { }
            }
            catch (ObjectDisposedException) when (!ReferenceEquals(alive, nodes[node]))
            {
                // it died, and was started again
            }
            sending.Pop();
        }

        private async Task DieAsync()
        {
            var node = sending.Peek();
            await nodes[node].DieAsync();
            nodes[node] = scene.Node(node * 0.5);
            inCall.Clear(); // a dead node's call is over; its claim is not
        }

        private Task RetryAsync() => scene.InDbAsync(db => new RetryOutbox(db).AllAsync(CancellationToken.None));

        private Fate current;

        private async Task BeforeAsync(string title, CancellationToken cut)
        {
            var (place, number) = Read(title);
            Assert.True(inCall.Add(place), "Two nodes send at one place.");
            var fate = fates.TryDequeue(out var next) ? next : Fate.Well;
            switch (fate)
            {
                case Fate.OtherNodeSendsMeanwhile:
                    await SendAsync(1 - sending.Peek());
                    break;
                case Fate.AnotherCardIsShownMeanwhile:
                    await ShowAsync(place);
                    break;
                case Fate.OperatorRetriesMeanwhile:
                    await RetryAsync();
                    break;
                case Fate.TakesLong:
                    scene.Clock.Advance(SendOutbox.LongestCall * 0.9);
                    break;
                case Fate.TakesTooLong:
                    scene.Clock.Advance(SendOutbox.LongestCall);
                    break;
                case Fate.NodeDiesBefore:
                    await DieAsync();
                    break;
            }
            current = fate;
            if (Failure(fate) is { } failure)
            {
                inCall.Remove(place);
                throw failure;
            }
            if (cut.IsCancellationRequested || fate == Fate.NodeDiesBefore)
            {
                inCall.Remove(place);
                throw new OperationCanceledException(cut);
            }
            Assert.True(number >= shown[place], $"{title} was shown after {place}:{shown[place]}.");
            shown[place] = number;
        }

        private async Task AfterAsync(string title, CancellationToken cut)
        {
            var (place, _) = Read(title);
            inCall.Remove(place);
            if (current is not (Fate.FailsAfter or Fate.NodeDiesAfter))
                return;
            unknown[place]++;
            if (current == Fate.NodeDiesAfter)
                await DieAsync();
            throw new ChatException(ChatFailure.Unreachable, "no_answer");
        }

        private static ChatException? Failure(Fate fate) =>
            fate switch
            {
                Fate.FailsBefore => new ChatException(ChatFailure.Unreachable, "http_500"),
                Fate.IsThrottled => new ChatException(ChatFailure.Throttled, "http_429", TimeSpan.FromSeconds(90)),
                Fate.IsRefused => new ChatException(ChatFailure.Refused, "invalid_blocks"),
                _ => null,
            };

        private static (int Place, int Number) Read(string title)
        {
            var parts = title.Split(':');
            return (
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                int.Parse(parts[1], CultureInfo.InvariantCulture)
            );
        }
    }
}
