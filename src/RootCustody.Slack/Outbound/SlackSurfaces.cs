using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Reveals;
using RootCustody.Slack.Drawing;

namespace RootCustody.Slack.Outbound;

/// <summary>Makes the surfaces on which a click in Slack can be answered with a half.</summary>
internal sealed class SlackSurfaces(SlackApi api, SlackSettings settings)
{
    public RevealSurface Ephemeral(Uri responseUrl) => new EphemeralSurface(api, responseUrl);

    public RevealSurface Modal(Bot bot, ChatPlace where, string user, string view) =>
        new ModalSurface(api, settings.Surface, bot, where, user, view);

    /// <summary>What a failed call means for a half that was on its way.</summary>
    private static async Task<RevealOutcome> OutcomeOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return RevealOutcome.Shown;
        }
        catch (ChatException failure)
        {
            return failure.Failure is ChatFailure.Unreachable && failure.Code != SlackErrors.NotSent
                ? RevealOutcome.MaybeShown
                : RevealOutcome.NotShown;
        }
    }

    private static async Task<Removal> RemovalOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return Removal.Removed;
        }
        catch (ChatException)
        {
            return Removal.LeftOpen;
        }
    }

    /// <summary>An ephemeral message, changed through the <c>response_url</c> of a click on it; there is no other way.</summary>
    private sealed class EphemeralSurface(SlackApi api, Uri responseUrl) : RevealSurface
    {
        public override Task<RevealOutcome> ShowAsync(Showing showing, CancellationToken cancellationToken) =>
            OutcomeOfAsync(async () =>
            {
                using var content = new SecretContent(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("response_type", "ephemeral");
                    json.WriteBoolean("replace_original", true);
                    json.WriteString("text", showing.Title);
                    ShowingWriter.WriteBlocks(json, showing);
                    json.WriteEndObject();
                });
                await api.RespondAsync(responseUrl, content, cancellationToken);
            });

        public override Task<Removal> RemoveAsync(CancellationToken cancellationToken) =>
            RemovalOfAsync(() =>
                api.RespondAsync(responseUrl, new JsonObject { ["delete_original"] = true }, cancellationToken)
            );
    }

    /// <summary>The modal that asked for the step-up.</summary>
    private sealed class ModalSurface(
        SlackApi api,
        SlackSurfaceKind kind,
        Bot bot,
        ChatPlace where,
        string user,
        string view
    ) : RevealSurface
    {
        public override bool CanOffer => kind == SlackSurfaceKind.Ephemeral;

        public override async Task<bool> OfferAsync(Card offer, CancellationToken cancellationToken)
        {
            var body = new JsonObject
            {
                ["channel"] = where.Conversation,
                ["user"] = user,
                ["text"] = offer.Title,
                ["blocks"] = Blocks.Draw(offer),
            };
            try
            {
                await api.CallAsync(bot, where.Realm, "chat.postEphemeral", body, cancellationToken);
                return true;
            }
            catch (ChatException)
            {
                return false; // no common channel, or not now: this modal serves
            }
        }

        public override Task<RevealOutcome> ShowAsync(Showing showing, CancellationToken cancellationToken) =>
            OutcomeOfAsync(async () =>
            {
                using var content = new SecretContent(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("view_id", view);
                    json.WriteStartObject("view");
                    json.WriteString("type", "modal");
                    ShowingWriter.WritePlain(json, "title", showing.Title);
                    ShowingWriter.WritePlain(json, "close", "Close");
                    json.WriteString("private_metadata", Origin.Write(where.Conversation, ""));
                    ShowingWriter.WriteBlocks(json, showing);
                    json.WriteEndObject();
                    json.WriteEndObject();
                });
                await api.CallAsync(bot, where.Realm, "views.update", content, cancellationToken);
            });

        public override Task<Removal> RemoveAsync(CancellationToken cancellationToken) =>
            RemovalOfAsync(() =>
                api.CallAsync(
                    bot,
                    where.Realm,
                    "views.update",
                    new JsonObject
                    {
                        ["view_id"] = view,
                        ["view"] = Views.Say("This is no longer shown.", where.Conversation),
                    },
                    cancellationToken
                )
            );
    }
}
