using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Requests;

public class SentencesTests
{
    [Fact]
    public void Each_refusal_has_a_sentence_of_its_own()
    {
        var sentences = Enum.GetValues<Refusal>().Select(Sentences.For).ToList();

        Assert.Equal(sentences.Count, sentences.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(sentences, AssertSentence);
    }

    [Fact]
    public void Each_outcome_of_the_step_up_has_a_sentence_of_its_own()
    {
        var outcomes = Enum.GetValues<StepUpOutcome>();
        var sentences = outcomes.Select(Sentences.For).ToList();

        Assert.Equal(sentences.Count, sentences.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        // it ends with the word to type, which a full stop would spoil
        Assert.All(outcomes.Where(o => o != StepUpOutcome.NotEnrolled).Select(Sentences.For), AssertSentence);
        Assert.EndsWith("type: enrol", Sentences.For(StepUpOutcome.NotEnrolled), StringComparison.Ordinal);
    }

    private static void AssertSentence(string sentence)
    {
        Assert.Matches("^[A-Z]", sentence);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }
}
