"""The network: MiniLM-L6 as published, which here also sees capitals and white space, and scores tags."""

from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from pressx.words import GAPS, SHAPES

WIDTH, HEADS, DEPTH, INNER = 384, 12, 6, 1536
EPSILON = 1e-12


class Block(nn.Module):
    """One layer of the encoder."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.attended, self.finished = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = dropout

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Return what the next block reads."""
        batch, length, _ = hidden.shape
        query, key, value = (
            part(hidden).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        context = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        context = self.mix(context.transpose(1, 2).reshape(batch, length, WIDTH))
        hidden = self.attended(hidden + functional.dropout(context, self.dropout, self.training))
        inner = self.narrow(functional.gelu(self.widen(hidden)))
        result: Tensor = self.finished(hidden + functional.dropout(inner, self.dropout, self.training))
        return result


class Tagger(nn.Module):
    """Pieces with the shape and gap of their words in, scores of all layers' tags out."""

    def __init__(self, tags: int, vocabulary: int = 30_522, positions: int = 512, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(positions, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.gaps = nn.Embedding(len(GAPS), WIDTH)
        self.embedded = nn.LayerNorm(WIDTH, EPSILON)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(DEPTH))
        self.scores = nn.Linear(WIDTH, tags)
        self.dropout = dropout
        for table in (self.shapes, self.gaps):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.normal_(self.scores.weight, std=0.02)
        nn.init.zeros_(self.scores.bias)

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return scores of (batch, length, tags); `mask` is (batch, 1, 1, length), false for filling."""
        length = pieces.shape[1]
        hidden = self.pieces(pieces) + self.positions.weight[:length] + self.shapes(shapes) + self.gaps(gaps)
        hidden = functional.dropout(self.embedded(hidden), self.dropout, self.training)
        for block in self.blocks:
            hidden = block(hidden, mask)
        scores: Tensor = self.scores(functional.dropout(hidden, self.dropout, self.training))
        return scores

    def groups(self, rate: float, decay: float, fresh: float) -> list[dict[str, object]]:
        """Return parameters with learning rates: `rate` for the top block, times `decay` for each below."""
        groups: list[dict[str, object]] = [
            {"params": [*self.scores.parameters(), self.shapes.weight, self.gaps.weight], "lr": fresh}
        ]
        for depth, block in enumerate(self.blocks):
            groups.append({"params": list(block.parameters()), "lr": rate * decay ** (DEPTH - 1 - depth)})
        bottom = [self.pieces.weight, self.positions.weight, *self.embedded.parameters()]
        groups.append({"params": bottom, "lr": rate * decay**DEPTH})
        return groups


def load_encoder(network: Tagger, weights: Path) -> None:
    """Take over the published weights of the encoder; raises KeyError when one is missing."""
    published = load_file(weights)
    own = network.state_dict()
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mix": "attention.output.dense",
        "attended": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "finished": "output.LayerNorm",
    }
    for depth in range(DEPTH):
        for part, name in parts.items():
            for kind in ("weight", "bias"):
                own[f"blocks.{depth}.{part}.{kind}"] = published[f"encoder.layer.{depth}.{name}.{kind}"]
    # All text is of one type here, so that its embedding is a constant of the positions.
    types = published["embeddings.token_type_embeddings.weight"][0]
    own["pieces.weight"] = published["embeddings.word_embeddings.weight"]
    own["positions.weight"] = published["embeddings.position_embeddings.weight"] + types
    for kind in ("weight", "bias"):
        own[f"embedded.{kind}"] = published[f"embeddings.LayerNorm.{kind}"]
    network.load_state_dict(own)
