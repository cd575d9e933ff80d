#include "nn/products.h"

#include <ATen/ATen.h>

#include "nn/fast_path.h"
#include "nn/kernels.h"

namespace mynah::nn {
namespace {

bool fits_unit(std::int64_t size) { return size > 0 && size % kColumnUnit == 0; }

FloatRows rows_of(const Tensor& matrix) { return {matrix.mutable_data_ptr<float>(), matrix.stride(0)}; }

/// Null where the kernels have none of the type.
const Products* products_in(at::ScalarType type) {
  if (type == at::kFloat) return &kernels().products;
  return type == at::kBFloat16 ? bfloat16_products() : nullptr;
}

/// Calls one of the products with the scratch it needs.
void run(void (*product)(const ProductCall&), const Products& products, ProductCall call, const at::TensorOptions& options) {
  const Tensor scratch = at::empty({products.scratch(call)}, options);
  call.scratch = scratch.mutable_data_ptr<float>();
  product(call);
}

/// a · b
Tensor product(const Tensor& a, const PackedMatrix& b) {
  const Tensor result = at::empty({a.size(0), b.width()}, a.options());
  b.multiply(a.contiguous(), result);
  return result;
}

/// True where the kernels know matrices like these in the type and are the faster for it.
bool suits_kernels(const Tensor& a, const Tensor& b, at::ScalarType type) {
  const Products* products = products_in(type);
  return products != nullptr && products->are_fast && fits_kernels({a, b});
}

/// The library's product, rounded as the kernels do.
Tensor library_product(const Tensor& a, const Tensor& b, at::ScalarType type) {
  return at::mm(a.to(type), b.to(type)).to(a.scalar_type());
}

}  // namespace

bool fits_products(const Tensor& x, const Tensor& weight, at::ScalarType type) {
  return suits_kernels(x, weight, type) && fits_unit(weight.size(1));
}

Tensor product(const Tensor& a, const Tensor& b, at::ScalarType type) {
  if (!suits_kernels(a, b, type) || !fits_unit(b.size(1))) return library_product(a, b, type);
  return product(a, PackedMatrix::of(b.contiguous(), type));
}

Tensor product_with_transpose(const Tensor& a, const Tensor& b, at::ScalarType type) {
  if (!suits_kernels(a, b, type) || !fits_unit(b.size(0)) || !fits_unit(b.size(1))) return library_product(a, b.t(), type);
  return product(a, PackedMatrix::of_transposed(b.contiguous(), type));
}

PackedMatrix::PackedMatrix(const Tensor& matrix, at::ScalarType type, std::int64_t depth, std::int64_t columns)
    : type_(type), depth_(depth), width_((columns + kColumnUnit - 1) / kColumnUnit * kColumnUnit) {
  const std::int64_t size = depth_ * width_;
  values_ = width_ == columns ? at::empty({size}, matrix.options()) : at::zeros({size}, matrix.options());
}

PackedMatrix PackedMatrix::of(const Tensor& matrix, at::ScalarType type) {
  PackedMatrix packed(matrix, type, matrix.size(0), matrix.size(1));
  products_in(type)->pack(rows_of(matrix), matrix.size(0), matrix.size(1), packed.values_.mutable_data_ptr<float>());
  return packed;
}

PackedMatrix PackedMatrix::of_transposed(const Tensor& matrix, at::ScalarType type) {
  PackedMatrix packed(matrix, type, matrix.size(1), matrix.size(0));
  products_in(type)->pack_transposed(rows_of(matrix), matrix.size(1), matrix.size(0), packed.values_.mutable_data_ptr<float>());
  return packed;
}

void PackedMatrix::multiply(const Tensor& a, const Tensor& c, const Tensor& bias) const {
  ProductCall call;
  call.a = rows_of(a);
  call.b.data = values_.mutable_data_ptr<float>();
  call.c = rows_of(c);
  call.rows = a.size(0);
  call.columns = width_;
  call.depth = depth_;
  if (bias.defined()) call.bias = bias.const_data_ptr<float>();
  const Products& products = *products_in(type_);
  run(products.multiply, products, call, c.options());
}

void add_transposed_product(const Tensor& a, const Tensor& b, const Tensor& c, at::ScalarType type) {
  ProductCall call;
  call.a = rows_of(a);
  call.b = rows_of(b);
  call.c = rows_of(c);
  call.rows = c.size(0);
  call.columns = c.size(1);
  call.depth = a.size(0);
  const Products& products = *products_in(type);
  run(products.add_transposed_product, products, call, c.options());
}

}  // namespace mynah::nn
