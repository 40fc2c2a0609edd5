// A new file that only its owner may read, and that is gone again unless it is kept.
#pragma once

#include <string>

namespace waymark::db {

class PrivateFile {
 public:
  // Makes the file (0600); throws DatabaseError when it exists or can't be made.
  explicit PrivateFile(std::string path);
  ~PrivateFile();
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;

  // Makes content and name durable; throws DatabaseError.
  void keep();

 private:
  std::string path_;
  bool is_kept_ = false;
};

}  // namespace waymark::db
