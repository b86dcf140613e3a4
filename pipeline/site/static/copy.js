// Copies a box's text. Without this script, or where the page is not served safely enough for a browser
// to allow it, the buttons stay hidden and the box is selected and copied by hand.
const words = document.documentElement.lang === "en"
    ? { done: "Copied", chosen: "Selected: please copy" }
    : { done: "已复制", chosen: "已选中，请自行复制" };
if (navigator.clipboard && navigator.clipboard.writeText) {
    for (const button of document.querySelectorAll("button[data-copies]")) {
        const box = document.getElementById(button.dataset.copies);
        const said = button.textContent;
        button.hidden = false;
        button.addEventListener("click", async () => {
            try {
                await navigator.clipboard.writeText(box.value);
                button.textContent = words.done;
            } catch {
                box.select();
                button.textContent = words.chosen;
            }
            setTimeout(() => { button.textContent = said; }, 2000);
        });
    }
}
