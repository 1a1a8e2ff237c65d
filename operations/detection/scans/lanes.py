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
    _typing: Any, held: Any, rows: Any, slot: Any, members: Any, part: Any, floors: Any, floor: Any
) -> Any:
    """Add the rows of `members[part[0]:part[1]]` to `held`; tell whether one reaches its floor.

    For compiled loops only. Member m, never negative, has the row `rows[slot[m]]`; a lane has
    to reach `floors[floor]`. `held` (lanes,), `rows` and `floors` (…, lanes) are contiguous,
    of one signed type, as long as a multiple of LANES; no index is checked.
    """
    del floor  # comes with `args`
    vector = ir.VectorType(ir.IntType(held.dtype.bitwidth), BITS // held.dtype.bitwidth)
    signature = types.boolean(held, rows, slot, members, part, floors, types.int64)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        kept = (0, 1, 2, 3, 5)
        arrays = [context.make_array(sig.args[k])(context, builder, args[k]) for k in kept]
        sums, table, slots, listed, needs = (one.data for one in arrays)
        first, end = build.unpack_tuple(builder, args[4])
        width = build.unpack_tuple(builder, arrays[1].shape)[1]
        reached = build.alloca_once_value(builder, build.false_bit)
        total = build.alloca_once(builder, vector)
        step, wide = width.type(vector.count), width.type
        with build.for_range_slice(builder, wide(0), width, step) as (lane, _):
            builder.store(builder.load(_vector(builder, sums, lane, vector), align=2), total)
            with build.for_range_slice(builder, first, end, wide(1)) as (at, _):
                one = builder.zext(builder.load(builder.gep(listed, [at])), wide)
                row = builder.zext(builder.load(builder.gep(slots, [one])), wide)
                where = builder.add(builder.mul(row, width), lane)
                more = builder.load(_vector(builder, table, where, vector), align=2)
                builder.store(builder.add(builder.load(total), more), total)
            builder.store(builder.load(total), _vector(builder, sums, lane, vector), align=2)
            where = builder.add(builder.mul(args[6], width), lane)
            need = builder.load(_vector(builder, needs, where, vector), align=2)
            bits = builder.icmp_signed(">=", builder.load(total), need)
            mask = builder.bitcast(bits, ir.IntType(vector.count))
            some = builder.icmp_unsigned("!=", mask, mask.type(0))
            builder.store(builder.or_(builder.load(reached), some), reached)
        return builder.load(reached)

    return signature, generate


def _vector(builder: Any, start: Any, at: Any, vector: Any) -> Any:
    """Point to the vector that begins at an entry of an array."""
    return builder.bitcast(builder.gep(start, [at]), vector.as_pointer())


added: Any = intrinsic(_added)
