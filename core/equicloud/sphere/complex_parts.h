// SPDX-License-Identifier: BSD-3-Clause
// The coefficients of a complex signal f = u + i v and of its real parts. Internal to the room.
#pragma once

namespace equicloud::sphere {

// Of f = u + i v with real u, v: f_lm = u_lm + i v_lm, and at -m with both conjugate. `sign` is
// (-1)^m scale.
template <typename T>
void join(const T* u, const T* v, T scale, T sign, T* plus, T* minus) {
  const T f[4] = {scale * (u[0] - v[1]), scale * (u[1] + v[0]), sign * (u[0] + v[1]),
                  sign * (v[0] - u[1])};
  minus[0] = f[2];
  minus[1] = f[3];
  plus[0] = f[0];  // last: at m = 0 both are one place
  plus[1] = f[1];
}

// u_lm = (f_lm + s conj f_{l,-m}) / 2, i v_lm = (f_lm - s conj f_{l,-m}) / 2, s = (-1)^m.
template <typename T>
void split(const T* plus, const T* minus, T scale, T sign, T* u, T* v) {
  u[0] = scale / 2 * plus[0] + sign / 2 * minus[0];
  u[1] = scale / 2 * plus[1] - sign / 2 * minus[1];
  v[0] = scale / 2 * plus[1] + sign / 2 * minus[1];
  v[1] = sign / 2 * minus[0] - scale / 2 * plus[0];
}

}  // namespace equicloud::sphere
