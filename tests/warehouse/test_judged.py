"""What a person judged of the views on real news: shares that must not fall when the rows are judged anew."""

from tests.corpus.judged import rows_right, told, verdicts


def test_most_standoffs_of_real_news_are_right_and_all_of_the_heaviest() -> None:
    drawn, heaviest = verdicts("standoffs"), verdicts("heaviest")
    assert len(drawn) == 40
    assert sum(drawn.values()) >= 28
    assert len(heaviest) == 10
    assert all(heaviest.values())


def test_six_in_ten_of_the_changes_are_right() -> None:
    judged = verdicts("changes")
    assert sum(judged.values()) * 10 >= len(judged) * 6
    assert sum(judged.values()) >= 13


def test_a_view_is_told_with_what_is_judged_of_it() -> None:
    pair = next(iter(verdicts("heaviest")))
    assert told("heaviest", [pair, ("p0", "p1")]).startswith("heaviest: 2 shown, 1 judged, 1 right; 10 of 10")


def test_rows_drawn_at_random_are_right_as_often_as_asked() -> None:
    right = rows_right()
    assert right["rows"] == 60
    assert right["scope"] / right["rows"] >= 0.9
    assert right["all"] / right["rows"] >= 0.45
