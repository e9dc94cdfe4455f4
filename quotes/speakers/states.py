"""The states of the United States, in full and as they are shortened."""

from __future__ import annotations

from typing import Final

# As the Associated Press shortens them, and as the post does.
_FORMS: Final = """
ala al alabama|alaska ak alaska|ariz az arizona|ark ar arkansas|calif ca california|
colo co colorado|conn ct connecticut|del de delaware|fla fl florida|ga ga georgia|
hawaii hi hawaii|idaho id idaho|ill il illinois|ind in indiana|iowa ia iowa|kan ks kansas|
ky ky kentucky|la la louisiana|maine me maine|md md maryland|mass ma massachusetts|
mich mi michigan|minn mn minnesota|miss ms mississippi|mo mo missouri|mont mt montana|
neb ne nebraska|nev nv nevada|n_h nh new hampshire|n_j nj new jersey|n_m nm new mexico|
n_y ny new york|n_c nc north carolina|n_d nd north dakota|ohio oh ohio|okla ok oklahoma|
ore or oregon|pa pa pennsylvania|r_i ri rhode island|s_c sc south carolina|
s_d sd south dakota|tenn tn tennessee|tex tx texas|utah ut utah|vt vt vermont|va va virginia|
wash wa washington|w_va wv west virginia|wis wi wisconsin|wyo wy wyoming
"""
SHORT: Final = {
    short.replace("_", " "): tuple(full)
    for entry in _FORMS.replace("\n", "").split("|")
    for press, post, *full in (entry.split(),)
    for short in (press, post, " ".join(full))
}

STATES: Final = frozenset(" ".join(full) for full in SHORT.values())
# The words that tell states, and the capital's district, apart.
_DISTRICT: Final = frozenset({"columbia"})
STATE_WORDS: Final = _DISTRICT | frozenset(word for full in SHORT.values() for word in full) - {
    "new",
    "north",
    "south",
    "west",
}
