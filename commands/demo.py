"""`yaoyue demo`: the stories, played in a throw-away instance, with their figures."""

from collections.abc import Iterable

import click

from commands.answers import Answer, answers, tell


def shown(answer: Answer) -> Iterable[str]:
    """One table a story."""
    for name, figures in answer["stories"].items():
        yield f"\nStory: {name}"
        width = max(len(key) for key in figures)
        yield from (
            f"  {key:<{width}}  {value}" for key, value in figures.items() if key != "story"
        )


@click.command()
@click.option("--story", "only", help="Play this one story; without it, all of them.")
@answers(shown)
def demo(only: str | None) -> Answer:
    """Play the work from beginning to end in an instance that goes away afterwards."""
    from demo.stories import STORIES

    if only is not None and only not in STORIES:
        raise click.BadParameter(f"There is no story “{only}”; there are {', '.join(STORIES)}.")
    played = {name: STORIES[name](tell) for name in ([only] if only else STORIES)}
    merged = {key: value for figures in played.values() for key, value in figures.items()}
    return {**merged, "stories": played, "seconds": sum(f["seconds"] for f in played.values())}
