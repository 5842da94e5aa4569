namespace RootCustody.Tests.Teams;

/// <summary>Recorded from the Microsoft 365 Agents Playground, a client that we did not write; only the line breaks are ours.</summary>
internal static class Recorded
{
    public const string MessagePersonal = """
        {
          "type": "message",
          "text": "hi",
          "id": "d1996862-bf82-49f3-bda6-8173d9709c87",
          "from": {"id": "29:person-0", "name": "Alex Wilber", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "timestamp": "2026-11-23T18:38:18.764Z",
          "localTimestamp": "2026-11-23T18:38:18.764+00:00",
          "localTimezone": "UTC",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "a:personal-0"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "textFormat": "plain",
          "locale": "en-US",
          "entities": [{"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web", "timezone": "UTC"}],
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}},
          "channelId": "msteams"
        }
        """;

    public const string MessageChannel = """
        {
          "type": "message",
          "text": "<at>RootCustody</at> hi",
          "id": "1c9df84f-4cfd-4636-b21a-55d93b91c7bf",
          "from": {"id": "29:person-0", "name": "Alex Wilber", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "timestamp": "2026-11-23T18:38:30.013Z",
          "localTimestamp": "2026-11-23T18:38:30.013+00:00",
          "localTimezone": "UTC",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"isGroup": true, "conversationType": "channel", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "19:channel-announcements@thread.tacv2;messageid=1795459110011"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "textFormat": "plain",
          "locale": "en-US",
          "entities": [{"type": "mention", "mentioned": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"}, "text": "<at>RootCustody</at>"}, {"type": "clientInfo", "locale": "en-US", "country": "US", "timezone": "UTC"}],
          "channelData": {"teamsChannelId": "19:channel-announcements@thread.tacv2", "teamsTeamId": "19:team-general@thread.tacv2", "tenant": {"id": "00000000-0000-4000-8000-000000000001"}, "team": {"id": "19:team-general@thread.tacv2"}, "channel": {"id": "19:channel-announcements@thread.tacv2"}},
          "channelId": "msteams"
        }
        """;

    public const string MessageGroupChat = """
        {
          "type": "message",
          "text": "<at>RootCustody</at> card",
          "id": "d3accca0-9216-4aa5-ae38-a2675e9f78e5",
          "from": {"id": "29:person-0", "name": "Alex Wilber", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "timestamp": "2026-11-23T18:38:29.395Z",
          "localTimestamp": "2026-11-23T18:38:29.395+00:00",
          "localTimezone": "UTC",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"isGroup": true, "conversationType": "groupChat", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "19:group-custodians@thread.v2"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "textFormat": "plain",
          "locale": "en-US",
          "entities": [{"type": "mention", "mentioned": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"}, "text": "<at>RootCustody</at>"}, {"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web", "timezone": "UTC"}],
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}},
          "channelId": "msteams"
        }
        """;

    public const string SubmitPersonal = """
        {
          "type": "message",
          "id": "d4673fed-ade2-4434-b5f7-67f7fad66161",
          "from": {"id": "29:person-0", "name": "Alex Wilber", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "timestamp": "2026-11-23T18:38:26.892Z",
          "localTimestamp": "2026-11-23T18:38:26.892+00:00",
          "localTimezone": "UTC",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "a:personal-0"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "locale": "en-US",
          "entities": [{"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web", "timezone": "UTC"}],
          "channelData": {"source": {"name": "message"}, "tenant": {"id": "00000000-0000-4000-8000-000000000001"}},
          "replyToId": "1795459104993",
          "value": {"request": "BG-1", "plain": true},
          "channelId": "msteams"
        }
        """;

    public const string CardActionPersonal = """
        {
          "type": "invoke",
          "id": "424fde2a-1486-4de0-bfa6-139392d335e2",
          "from": {"id": "29:person-0", "name": "Alex Wilber", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "timestamp": "2026-11-23T18:38:19.474Z",
          "localTimestamp": "2026-11-23T18:38:19.474+00:00",
          "localTimezone": "UTC",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "a:personal-0"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "locale": "en-US",
          "entities": [{"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web", "timezone": "UTC"}],
          "channelData": {"source": {"name": "message"}, "tenant": {"id": "00000000-0000-4000-8000-000000000001"}},
          "replyToId": "1795459099094",
          "value": {"action": {"type": "Action.Execute", "title": "Approve", "verb": "approve", "data": {"request": "BG-1", "reason": "backup is down"}}},
          "name": "adaptiveCard/action",
          "channelId": "msteams"
        }
        """;

    public const string CardActionGroupChat = """
        {
          "type": "invoke",
          "id": "cd5e36a7-431e-49f5-8c93-fca8b69cab6a",
          "from": {"id": "29:person-2", "name": "Adele Vance", "aadObjectId": "00000000-0000-4000-8000-000000000102"},
          "timestamp": "2026-11-23T18:38:30.002Z",
          "localTimestamp": "2026-11-23T18:38:30.002+00:00",
          "localTimezone": "UTC",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"isGroup": true, "conversationType": "groupChat", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "19:group-custodians@thread.v2", "name": "Custodians"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "locale": "en-US",
          "entities": [{"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web", "timezone": "UTC"}],
          "channelData": {"source": {"name": "message"}, "tenant": {"id": "00000000-0000-4000-8000-000000000001"}},
          "replyToId": "1795459109503",
          "value": {"action": {"type": "Action.Execute", "title": "approve", "verb": "approve", "data": {"reason": "as Adele"}}},
          "name": "adaptiveCard/action",
          "channelId": "msteams"
        }
        """;

    public const string InstallationAdd = """
        {
          "type": "installationUpdate",
          "id": "266402d1-81cf-4ef5-b39c-94d647e4d711",
          "from": {"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "timestamp": "2026-11-23T18:38:18.529Z",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "a:personal-0"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "locale": "en-US",
          "entities": [{"type": "clientInfo", "locale": "en-US"}],
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}, "source": {"name": "message"}, "settings": {"selectedChannel": {"id": "a:personal-0"}}},
          "action": "add",
          "channelId": "msteams"
        }
        """;

    public const string InstallationRemove = """
        {
          "id": "3a414586-4dad-43b5-9ae9-56c72036908d",
          "timestamp": "2026-11-23T18:38:30.125Z",
          "channelId": "msteams",
          "serviceUrl": "http://localhost:56150/_connector",
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "conversation": {"id": "a:personal-0", "conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001"},
          "from": {"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "type": "installationUpdate",
          "action": "remove",
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}, "source": {"name": "message"}, "settings": {"selectedChannel": {"id": "a:personal-0"}}},
          "entities": [{"locale": "en-US", "type": "clientInfo"}],
          "locale": "en-US"
        }
        """;

    public const string BotAdded = """
        {
          "type": "conversationUpdate",
          "id": "7d1d5982-6ed0-4347-9221-31078d321173",
          "from": {"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "timestamp": "2026-11-23T18:38:18.532Z",
          "serviceUrl": "http://localhost:56150/_connector",
          "conversation": {"conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001", "id": "a:personal-0"},
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "membersAdded": [{"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"}, {"id": "28:00000000-0000-4000-8000-000000000002"}],
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}},
          "channelId": "msteams"
        }
        """;

    public const string BotRemoved = """
        {
          "id": "4b09b112-6b39-42bf-84e2-1730b13847a9",
          "timestamp": "2026-11-23T18:38:30.265Z",
          "channelId": "msteams",
          "serviceUrl": "http://localhost:56150/_connector",
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "conversation": {"id": "a:personal-0", "conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001"},
          "from": {"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "type": "conversationUpdate",
          "membersRemoved": [{"id": "28:00000000-0000-4000-8000-000000000002"}],
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}}
        }
        """;

    public const string UserAdded = """
        {
          "id": "79ea8db9-5d8d-4ac1-8f26-0a17b873e7b8",
          "timestamp": "2026-11-23T18:38:30.136Z",
          "channelId": "msteams",
          "serviceUrl": "http://localhost:56150/_connector",
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "conversation": {"id": "a:personal-0", "conversationType": "personal", "tenantId": "00000000-0000-4000-8000-000000000001"},
          "from": {"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "type": "conversationUpdate",
          "membersAdded": [{"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"}],
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}}
        }
        """;

    public const string ChannelCreated = """
        {
          "id": "c4fdef94-1425-453a-a76b-bc6bb9f2f377",
          "timestamp": "2026-11-23T18:38:30.270Z",
          "channelId": "msteams",
          "serviceUrl": "http://localhost:56150/_connector",
          "recipient": {"id": "28:00000000-0000-4000-8000-000000000002", "name": "RootCustody"},
          "conversation": {"id": "19:team-general@thread.tacv2", "isGroup": true, "conversationType": "channel", "tenantId": "00000000-0000-4000-8000-000000000001"},
          "from": {"id": "29:person-0", "aadObjectId": "00000000-0000-4000-8000-000000000100"},
          "type": "conversationUpdate",
          "channelData": {"tenant": {"id": "00000000-0000-4000-8000-000000000001"}, "team": {"id": "19:team-general@thread.tacv2"}, "channel": {"id": "19:channel-announcements@thread.tacv2", "name": "Announcements"}, "eventType": "channelCreated"}
        }
        """;
}
