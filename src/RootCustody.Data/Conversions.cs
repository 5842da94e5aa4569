using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RootCustody.Data;

/// <summary>One converter for all ids.</summary>
public sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, IId<TId>
{
    // an expression tree cannot call a static abstract member
    private static TId Make(Guid value) => TId.From(value);
}

/// <summary>Moments as UTC ticks (100 ns since 0001-01-01): SQLite can neither compare nor sort a <see cref="DateTimeOffset"/>.</summary>
public sealed class UtcTicksConverter()
    : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

/// <summary>Lengths of time as ticks of 100 ns.</summary>
public sealed class TicksConverter()
    : ValueConverter<TimeSpan, long>(length => length.Ticks, ticks => new TimeSpan(ticks));
