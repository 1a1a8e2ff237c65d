"""Adds rows of counts as whole vectors, for the innermost loop of a scan.

A plain loop over so few counts spends most of its time on being entered, once for every row;
here the sums stay in registers over all rows of a block. On a machine without registers so
wide the compiler takes several.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

BITS = 512
build: Any = cgutils  # has no types
LANES = BITS // 16  # counts in a vector; rows are as long as a multiple of it


def _added(
    _typing: Any, held: Any, rows: Any, fresh: Any, many: Any, floors: Any, floor: Any
) -> Any:
    """Add the rows `fresh[:many]` to `held`; tell whether a count reaches `floors[floor]`.

    For compiled loops only. `held` (lanes,), `rows` and `floors` (…, lanes) are contiguous,
    of one signed type, and as long as a multiple of LANES; no index is checked.
    """
    del many, floor  # their values come as `args`
    vector = ir.VectorType(ir.IntType(held.dtype.bitwidth), BITS // held.dtype.bitwidth)
    signature = types.boolean(held, rows, fresh, types.int64, floors, types.int64)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        arrays = [context.make_array(sig.args[k])(context, builder, args[k]) for k in (0, 1, 2, 4)]
        sums, table, listed, needs = (one.data for one in arrays)
        width = build.unpack_tuple(builder, arrays[1].shape)[1]
        reached = build.alloca_once_value(builder, build.false_bit)
        total = build.alloca_once(builder, vector)
        step = width.type(vector.count)
        with build.for_range_slice(builder, step.type(0), width, step) as (lane, _):
            builder.store(builder.load(_vector(builder, sums, lane, vector), align=2), total)
            with build.for_range(builder, args[3]) as loop:
                row = builder.sext(builder.load(builder.gep(listed, [loop.index])), width.type)
                at = builder.add(builder.mul(row, width), lane)
                one = builder.load(_vector(builder, table, at, vector), align=2)
                builder.store(builder.add(builder.load(total), one), total)
            now = builder.load(total)
            builder.store(now, _vector(builder, sums, lane, vector), align=2)
            at = builder.add(builder.mul(args[5], width), lane)
            need = builder.load(_vector(builder, needs, at, vector), align=2)
            bits = builder.icmp_signed(">=", now, need)
            mask = builder.bitcast(bits, ir.IntType(vector.count))
            some = builder.icmp_unsigned("!=", mask, mask.type(0))
            builder.store(builder.or_(builder.load(reached), some), reached)
        return builder.load(reached)

    return signature, generate


def _vector(builder: Any, start: Any, at: Any, vector: Any) -> Any:
    """Point to the vector that begins at an entry of an array."""
    return builder.bitcast(builder.gep(start, [at]), vector.as_pointer())


added: Any = intrinsic(_added)
