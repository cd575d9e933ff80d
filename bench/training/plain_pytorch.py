#!/usr/bin/env python3
"""The same Transformer as train_speed.cpp trains, written the way one writes it in PyTorch; speaks the same protocol.

    bench/training/plain_pytorch.py BATCHES [name=number]...

Eager mode; F.scaled_dot_product_attention with a padding mask or is_causal, queries, keys and values projected together, dropout in
the same places, F.cross_entropy with label smoothing, fused Adam, clip_grad_norm_.
"""
import math
import resource
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, d_model, heads, rate):
        super().__init__()
        self.heads, self.rate = heads, rate
        self.input = nn.Linear(d_model, 3 * d_model)
        self.output = nn.Linear(d_model, d_model)

    def forward(self, x, memory, mask=None, causal=False):
        if memory is x:
            parts = self.input(x).chunk(3, dim=-1)
        else:
            d = x.size(-1)
            weight, bias = self.input.weight, self.input.bias
            parts = (F.linear(x, weight[:d], bias[:d]), *F.linear(memory, weight[d:], bias[d:]).chunk(2, dim=-1))
        query, key, value = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in parts)
        rate = self.rate if self.training else 0.0
        heads = F.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=rate, is_causal=causal)
        return self.output(heads.transpose(1, 2).flatten(2))


class FeedForward(nn.Sequential):
    def __init__(self, d_model, d_feed_forward, rate):
        super().__init__(nn.Linear(d_model, d_feed_forward), nn.ReLU(), nn.Dropout(rate), nn.Linear(d_feed_forward, d_model))


class Layer(nn.Module):
    """Post-norm; with `decodes`, attention to the memory stands in the middle."""

    def __init__(self, decodes, d_model, d_feed_forward, heads, rate):
        super().__init__()
        self.self_attention = Attention(d_model, heads, rate)
        self.cross_attention = Attention(d_model, heads, rate) if decodes else None
        self.feed_forward = FeedForward(d_model, d_feed_forward, rate)
        self.norms = nn.ModuleList(nn.LayerNorm(d_model) for _ in range(3 if decodes else 2))
        self.dropout = nn.Dropout(rate)

    def forward(self, x, mask, memory=None):
        causal = self.cross_attention is not None
        attended = self.self_attention(x, x, None if causal else mask, causal)
        x = self.norms[0](x + self.dropout(attended))
        if causal:
            x = self.norms[1](x + self.dropout(self.cross_attention(x, memory, mask)))
        return self.norms[-1](x + self.dropout(self.feed_forward(x)))


class Transformer(nn.Module):
    def __init__(self, vocabulary, layers, d_model, d_feed_forward, heads, rate):
        super().__init__()
        self.pad = vocabulary - 1
        self.scale = math.sqrt(d_model)
        self.embedding = nn.Embedding(vocabulary, d_model, padding_idx=self.pad)
        self.output_bias = nn.Parameter(torch.zeros(vocabulary))
        angles = torch.arange(1024).unsqueeze(1) / 10000 ** (torch.arange(0, d_model, 2) / d_model)
        self.register_buffer("positions", torch.cat([angles.sin(), angles.cos()], dim=1))
        self.dropout = nn.Dropout(rate)
        self.encoder = nn.ModuleList(Layer(False, d_model, d_feed_forward, heads, rate) for _ in range(layers))
        self.decoder = nn.ModuleList(Layer(True, d_model, d_feed_forward, heads, rate) for _ in range(layers))
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)

    def embed(self, ids):
        return self.dropout(self.embedding(ids) * self.scale + self.positions[: ids.size(1)])

    def forward(self, source, target):
        mask = (source != self.pad)[:, None, None, :]
        memory = self.embed(source)
        for layer in self.encoder:
            memory = layer(memory, mask)
        x = self.embed(torch.cat([torch.full_like(target[:, :1], self.pad), target[:, :-1]], dim=1))
        for layer in self.decoder:
            x = layer(x, mask, memory)
        return F.linear(x, self.embedding.weight, self.output_bias)


def read_batches(path, pad):
    """One pair a line, source and target ids around a tab; an empty line ends a batch."""
    def padded(rows):
        length = max(map(len, rows))
        return torch.tensor([row + [pad] * (length - len(row)) for row in rows])

    batches = []
    for block in open(path).read().strip().split("\n\n"):
        pairs = [[list(map(int, side.split())) for side in line.split("\t")] for line in block.split("\n")]
        source, target = zip(*pairs)
        batches.append((padded(source), padded(target), sum(map(len, target))))
    return batches


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    settings = dict(layers=4, d_model=128, d_feed_forward=256, heads=4, vocabulary=8000, dropout=0.1, smoothing=0.1,
                    learn_rate=0.0005, clip=1, threads=1, bfloat16=0)
    for argument in sys.argv[2:]:
        name, number = argument.split("=")
        settings[name] = type(settings[name])(float(number))
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(1)
    batches = read_batches(sys.argv[1], settings["vocabulary"] - 1)
    model = Transformer(*(settings[name] for name in ("vocabulary", "layers", "d_model", "d_feed_forward", "heads", "dropout")))
    optimizer = torch.optim.Adam(model.parameters(), lr=settings["learn_rate"], betas=(0.9, 0.98), eps=1e-9, fused=True)
    update = 0
    for line in sys.stdin:
        cpu_before, before, tokens, total = cpu_seconds(), time.monotonic(), 0, 0.0
        for _ in range(int(line)):
            source, target, count = batches[update % len(batches)]
            with torch.autocast("cpu", torch.bfloat16, enabled=bool(settings["bfloat16"])):
                logits = model(source, target)
            loss = F.cross_entropy(logits.flatten(0, 1).float(), target.flatten(), ignore_index=model.pad, reduction="sum",
                                   label_smoothing=settings["smoothing"])
            (loss / count).backward()
            nn.utils.clip_grad_norm_(model.parameters(), settings["clip"])
            optimizer.step()
            optimizer.zero_grad()
            total, tokens, update = total + loss.item(), tokens + count, update + 1
        print(tokens, cpu_seconds() - cpu_before, time.monotonic() - before, total / tokens, flush=True)


if __name__ == "__main__":
    main()
