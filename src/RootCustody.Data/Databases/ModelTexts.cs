using Microsoft.EntityFrameworkCore.Metadata;

namespace RootCustody.Data.Databases;

internal static class ModelTexts
{
    /// <summary>All columns that hold text.</summary>
    public static IEnumerable<IMutableProperty> Texts(this IMutableModel model) =>
        model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string));
}
