"""Training of the kind model: votes."""

from pipeline.evaluation import kind_training


def test_two_people_who_disagree_have_half_a_vote_each():
    assert kind_training.votes(["actor", "scope"]) == {"actor": 0.5, "scope": 0.5}
    assert kind_training.votes(["wording"]) == {"equivalent": 1.0}
