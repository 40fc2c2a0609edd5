// The words of one language's articles, and where they stand.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalogue/help_article.hpp"

namespace waymark::help {

using WordId = std::uint32_t;

// A word of the index that a typed one may have meant, and how likely: 1 is the word itself.
struct MeantWord {
  WordId word = 0;
  double likeness = 0;
};

class HelpIndex {
 public:
  HelpIndex(std::span<const catalogue::HelpArticle> articles, std::string_view language);

  struct Found {
    std::size_t article;  // its place in what the index was made of
    double score;
    std::string context;
  };
  // The best first.
  std::vector<Found> find(std::string_view query, std::size_t most) const;

  // What a folded word may have meant, each word of the index once.
  std::vector<MeantWord> list_meant(std::string_view folded) const;
  std::string_view word(WordId id) const { return words_[id]; }

 private:
  struct Sentence {
    std::string text;
    std::vector<WordId> words;  // sorted
  };
  struct Article {
    std::string summary;
    std::vector<Sentence> sentences;
    std::map<WordId, double> weights;
  };
  std::vector<WordId> add_words(std::string_view text);
  void add_text(Article& article, std::string_view text, double weight);
  void add_sentences(Article& article, std::string_view text, double weight);
  void add_trigrams();
  void rate_words();
  std::string context_of(const Article& article, const std::map<WordId, double>& meant) const;

  std::vector<std::string> words_;
  std::unordered_map<std::string, WordId> ids_;
  std::unordered_map<std::string, std::vector<WordId>> by_trigram_;
  std::vector<std::size_t> trigram_counts_;  // by word
  std::vector<double> rarities_;             // by word: 1 stands in one article, 0 in all of them
  std::vector<Article> articles_;
};

}  // namespace waymark::help
