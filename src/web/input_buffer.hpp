// The bytes that came in on a connection and were not used up yet. Keeps its memory from one request to the next.
#pragma once

#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace waymark::web {

class InputBuffer {
 public:
  std::string_view unread() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  // Free room of at least `size` bytes behind the unread ones; what was handed out before is no longer valid.
  std::span<char> room(std::size_t size) {
    if (capacity_ - end_ < size) make_room(size);
    return {bytes_.get() + end_, capacity_ - end_};
  }
  void commit(std::size_t size) { end_ += size; }

  void consume(std::size_t size) {
    begin_ += size;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  // Between two requests: a connection that once needed much does not keep it while it waits.
  void give_back_above(std::size_t size) {
    if (!empty() || capacity_ <= size) return;
    bytes_.reset();
    capacity_ = 0;
  }

 private:
  void make_room(std::size_t size) {
    const std::size_t used = end_ - begin_;
    if (capacity_ - used >= size && begin_ > 0) {
      std::memmove(bytes_.get(), bytes_.get() + begin_, used);
    } else {
      std::size_t capacity = capacity_ == 0 ? 4096 : capacity_ * 2;
      while (capacity - used < size) capacity *= 2;
      auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
      if (used > 0) std::memcpy(bytes.get(), bytes_.get() + begin_, used);
      bytes_ = std::move(bytes);
      capacity_ = capacity;
    }
    begin_ = 0;
    end_ = used;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace waymark::web
