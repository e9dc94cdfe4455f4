"""The SHA-256 of the model files; written by quotes.training.export."""

SHA256 = {
    "tagger.onnx": "dac8625860778a7eec9333f274b739b893d09b82f4ded1cd1c2d8c8668e5c5ac",
    "reader.onnx": "208a45bfff746b321036d462d6a1d9d07fea8a961c04ff7a704823a9aea1b554",
    "tokenizer.json": "9114256b104cca80e04367526f03f46aa3c443c2ed174904142a73bbf13b9fbb",
    "model.json": "e46b2e9c536bca82c15b93ee554d8676efb9176fa25bdd026495c325fcb93776",
}
