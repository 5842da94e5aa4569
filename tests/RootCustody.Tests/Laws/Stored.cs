using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Tests.Laws;

/// <summary>Makes an entity again from what the database keeps of it: each mapped property as its column holds it, and nothing else.</summary>
internal static class Stored
{
    private static readonly IModel Model = ModelOf();
    private static readonly Dictionary<Type, Plan> Plans = [];

    public static T Again<T>(T entity)
        where T : class => (T)Again(Model.FindEntityType(typeof(T))!, entity);

    private static object Again(IEntityType type, object entity)
    {
        var plan = PlanOf(type);
        var again = plan.Make.Invoke(null);
        foreach (var (property, converter) in plan.Columns)
        {
            var value = property.GetValue(entity);
            if (converter is not null && value is not null)
                value = converter.ConvertFromProvider(converter.ConvertToProvider(value));
            property.SetValue(again, value);
        }
        foreach (var (field, of) in plan.Lists)
        {
            var into = (System.Collections.IList)field.GetValue(again)!;
            foreach (var part in (System.Collections.IList)field.GetValue(entity)!)
                into.Add(Again(of, part));
        }
        return again;
    }

    private static Plan PlanOf(IEntityType type)
    {
        lock (Plans)
        {
            if (!Plans.TryGetValue(type.ClrType, out var plan))
                Plans[type.ClrType] = plan = new Plan(
                    type.ClrType.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!,
                    [
                        .. type.GetProperties()
                            .Where(p => p.PropertyInfo is not null)
                            .Select(p => (p.PropertyInfo!, p.GetTypeMapping().Converter)),
                    ],
                    [
                        .. type.GetNavigations()
                            .Where(n => n.IsCollection)
                            .Select(n => (n.FieldInfo!, n.TargetEntityType)),
                    ]
                );
            return plan;
        }
    }

    private static IModel ModelOf()
    {
        using var turn = new WriterTurn();
        using var db = DatabaseProvider.Sqlite.OpenNowhere(turn);
        return db.Model;
    }

    private sealed record Plan(
        ConstructorInfo Make,
        IReadOnlyList<(PropertyInfo Property, ValueConverter? Converter)> Columns,
        IReadOnlyList<(FieldInfo Field, IEntityType Of)> Lists
    );
}
