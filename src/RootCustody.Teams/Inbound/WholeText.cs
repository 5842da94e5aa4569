using System.Text.Json;
using System.Text.Json.Serialization;

namespace RootCustody.Teams.Inbound;

/// <summary>Takes JSON whose every text can be read. A client may send half a surrogate pair, on which any later look at the element would throw.</summary>
internal sealed class WholeText : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        var element = JsonElement.ParseValue(ref reader);
        do
        {
            if (ahead.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                ahead.GetString(); // the serializer makes a JsonException of what this throws
        } while (ahead.TokenStartIndex < reader.TokenStartIndex && ahead.Read());
        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        value.WriteTo(writer);
}
